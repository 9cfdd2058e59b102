/** The numbers that a slot has, side by side, because a million slots do not fit in a processor's cache. */
const FIELDS = 4;
const TIME = 0;
const NEXT = 1;
const PREVIOUS = 2;

const NONE = -1;

/**
 * The virtual clock: a calendar queue with one bucket for every millisecond, because timers of browsers and
 * Node count whole milliseconds too. What is due in one millisecond happens in the order it was planned.
 *
 * Every slot holds at most one event, so a million of them fit in a few typed arrays.
 */
export class Calendar {
  /** The present, in ms. */
  now = 0;
  /** Events to come. */
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
   * Plans the event of a slot; an earlier plan of that slot is dropped.
   *
   * @param {number} slot
   * @param {number} time
   */
  plan(slot, time) {
    this.cancel(slot);
    const due = Math.max(Math.floor(time), this.now);
    if (due - this.now > this.#mask) throw new RangeError(`${due - this.now} ms is beyond the horizon`);
    const bucket = due & this.#mask;
    const tail = this.#last[bucket];
    const at = slot * FIELDS;
    this.#slots[at + TIME] = due;
    this.#slots[at + PREVIOUS] = tail;
    this.#slots[at + NEXT] = NONE;
    this.#last[bucket] = slot;
    if (tail === NONE) this.#first[bucket] = slot;
    else this.#slots[tail * FIELDS + NEXT] = slot;
    this.size += 1;
  }

  /** @param {number} slot */
  cancel(slot) {
    const at = slot * FIELDS;
    const due = this.#slots[at + TIME];
    if (due === NONE) return;
    const bucket = due & this.#mask;
    const before = this.#slots[at + PREVIOUS];
    const after = this.#slots[at + NEXT];
    if (before === NONE) this.#first[bucket] = after;
    else this.#slots[before * FIELDS + NEXT] = after;
    if (after === NONE) this.#last[bucket] = before;
    else this.#slots[after * FIELDS + PREVIOUS] = before;
    this.#slots[at + TIME] = NONE;
    this.size -= 1;
  }

  /**
   * Moves the clock to the next event up to `end`; returns whether there is one.
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

  /** Takes the next slot that is due now, or returns -1. */
  take() {
    const slot = this.#first[this.now & this.#mask];
    if (slot !== NONE) this.cancel(slot);
    return slot;
  }
}
