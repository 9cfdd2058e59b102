/** The numbers of a slot lie side by side in one array, because a million slots do not fit in a processor's cache. */
const FIELDS = 4;
const TIME = 0;
const NEXT = 1;
const PREVIOUS = 2;

const NONE = -1;

/**
 * The virtual clock and the events that are scheduled on it: a calendar queue with one bucket for every
 * millisecond, because the timers of browsers and Node count whole milliseconds too. Events of one millisecond
 * happen in the order in which they were scheduled.
 *
 * Every slot holds at most one event, so that a million of them fit in a few typed arrays.
 */
export class EventQueue {
  /** The present, in ms. */
  now = 0;
  /** The number of scheduled events. */
  size = 0;

  #mask;
  #first;
  #last;
  #slots;

  /**
   * @param {number} slots
   * @param {number} horizon how far ahead an event may lie, in ms: a power of two
   */
  constructor(slots, horizon = 2 ** 19) {
    this.#mask = horizon - 1;
    this.#first = new Int32Array(horizon).fill(NONE);
    this.#last = new Int32Array(horizon).fill(NONE);
    this.#slots = new Int32Array(slots * FIELDS).fill(NONE);
  }

  /**
   * Schedules the event of a slot, in place of an earlier one of the same slot.
   *
   * @param {number} slot
   * @param {number} time
   */
  schedule(slot, time) {
    this.cancel(slot);
    const due = Math.max(Math.floor(time), this.now);
    if (due - this.now > this.#mask) throw new RangeError(`${due - this.now} ms is beyond the horizon`);
    const bucket = due & this.#mask;
    const tail = this.#last[bucket];
    const offset = slot * FIELDS;
    this.#slots[offset + TIME] = due;
    this.#slots[offset + PREVIOUS] = tail;
    this.#slots[offset + NEXT] = NONE;
    this.#last[bucket] = slot;
    if (tail === NONE) this.#first[bucket] = slot;
    else this.#slots[tail * FIELDS + NEXT] = slot;
    this.size += 1;
  }

  /** @param {number} slot */
  cancel(slot) {
    const offset = slot * FIELDS;
    const due = this.#slots[offset + TIME];
    if (due === NONE) return;
    const bucket = due & this.#mask;
    const before = this.#slots[offset + PREVIOUS];
    const after = this.#slots[offset + NEXT];
    if (before === NONE) this.#first[bucket] = after;
    else this.#slots[before * FIELDS + NEXT] = after;
    if (after === NONE) this.#last[bucket] = before;
    else this.#slots[after * FIELDS + PREVIOUS] = before;
    this.#slots[offset + TIME] = NONE;
    this.size -= 1;
  }

  /**
   * Moves the clock to the next event if there is one until `end`, and returns whether there is.
   *
   * @param {number} end
   */
  advance(end) {
    if (this.size === 0) return false;
    while (this.now <= end) {
      if (this.#first[this.now & this.#mask] !== NONE) return true;
      this.now += 1;
    }
    return false;
  }

  /** Removes the next event that is due now and returns its slot, or -1. */
  takeDue() {
    const slot = this.#first[this.now & this.#mask];
    if (slot !== NONE) this.cancel(slot);
    return slot;
  }
}
