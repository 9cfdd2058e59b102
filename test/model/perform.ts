/** What can happen, done to the real thing and to its model alike. */
import { showPage } from '../support/page.js';
import { same } from './check.js';
import type { Lab, Pair } from './lab.js';
import { incoming, outgoing, rubbish, sizeOf } from './messages.js';
import type { Step } from './steps.js';

type Call = Extract<Step, { do: 'reconnect' | 'close' | 'send' | 'send rubbish' }>;
type OfSocket = Extract<
  Step,
  {
    do: 'accept' | 'refuse' | 'end' | 'error' | 'message' | 'begin to close' | 'settle' | 'speak of the past';
  }
>;
type OfPage = Extract<Step, { do: 'online' | 'visible' | 'pageshow' | 'conduct' }>;
/** Takes a step and checks what came of it. */
export async function perform(lab: Lab, step: Step, pair: Pair): Promise<void> {
  switch (step.do) {
    case 'reconnect':
    case 'close':
    case 'send':
    case 'send rubbish':
      call(lab, step, pair);
      break;
    case 'online':
    case 'visible':
    case 'pageshow':
    case 'conduct':
      changeSurroundings(lab, step);
      break;
    case 'advance': {
      const due = Math.max(0, (lab.nextTime() ?? lab.world.now + 1_000) - lab.world.now);
      await lab.advance(step.by === 'due' ? due : step.by === 'almost' ? Math.max(0, due - 1) : step.by);
      break;
    }
    default:
      happenToSocket(lab, step, pair);
  }
  await lab.check();
}

/** A call of the program. */
function call(lab: Lab, step: Call, { model, connection }: Pair): void {
  const { contract } = model.getOptions();
  switch (step.do) {
    case 'reconnect': {
      const isInVain = lab.world.conduct === 'bad url' || lab.world.conduct === 'throws';
      lab.wrap(() => {
        for (let time = 0; time < (isInVain ? 1 : step.times); time += 1) connection.reconnect();
      });
      model.reconnect();
      break;
    }
    case 'close': {
      const { code = 1000, reason = '' } = step;
      const isValid =
        (code === 1000 || (code >= 3_000 && code <= 4_999)) && new TextEncoder().encode(reason).length <= 123;
      const thrown = lab.caught(() => connection.close(step.code, step.reason));
      same(`close(${code})`, thrown?.name, isValid ? undefined : 'RangeError');
      if (isValid) model.close(code, reason);
      break;
    }
    case 'send': {
      const id = lab.nextName('m');
      const message = outgoing(contract, id, step.padding);
      let result = '';
      lab.wrap(() => (result = connection.send(message)));
      same(`send() while ${model.status}`, result, model.send(id, sizeOf(contract, message)));
      if (result !== 'refused') lab.accepted.push(id);
      break;
    }
    case 'send rubbish': {
      const thrown = lab.caught(() => connection.send(rubbish(contract)));
      same('rubbish', [thrown?.kind, thrown?.direction], ['contract', 'outgoing']);
    }
  }
}

/** What the server does with the socket of a connection, if it has one. */
function happenToSocket(lab: Lab, step: OfSocket, { model }: Pair): void {
  const { world, server } = lab;
  const socket = lab.socketOf(model.socket);
  switch (step.do) {
    case 'accept':
      if (socket?.readyState !== 0) break;
      lab.wrap(() => socket.accept());
      model.opened();
      break;
    case 'refuse':
      if (model.socket?.state !== 'connecting') break;
      lab.wrap(() => socket?.refuse());
      model.ended(1006);
      break;
    case 'end': {
      if (!socket) break;
      const { code, reason } = step;
      const { onclose } = socket;
      socket.readyState = 3;
      // React Native says nothing but that it is over, and some sockets say it twice.
      lab.wrap(() =>
        socket.fire('close', code === undefined ? { code, reason: code, wasClean: code } : step),
      );
      if (step.twice) lab.wrap(() => onclose?.call(socket, { code: 1003 } as CloseEvent));
      model.ended(code, code === undefined ? '' : reason);
      break;
    }
    case 'begin to close':
      if (model.socket?.state !== 'open') break;
      socket?.beginServerClose();
      Object.assign(model.socket, { state: 'closing', isLive: false });
      break;
    case 'error':
      if (!socket) break;
      if (step.isOver) socket.readyState = 3;
      lab.wrap(() => socket.fire('error'));
      if (socket.readyState === 3) model.failedSilently();
      break;
    case 'message':
      for (let each = 0; each < step.count; each += 1) {
        const id = { good: lab.nextName('s'), rubbish: 'junk', pong: 'pong' }[step.what];
        lab.wrap(() => socket?.message(incoming(model.getOptions().contract, step.what, id)));
        model.received(step.what, id);
      }
      break;
    case 'settle':
      for (const each of server.sockets) lab.wrap(() => each.settle());
      break;
    case 'speak of the past': {
      const past = world.sockets.filter(({ state }) => state === 'over');
      const one = lab.socketOf(past[step.which % Math.max(past.length, 1)] ?? null);
      lab.wrap(() => one?.fire(step.event, step.event === 'message' ? { data: 'late' } : { code: 1003 }));
    }
  }
}

/** What the page, the network and the next sockets are like. */
function changeSurroundings(lab: Lab, step: OfPage): void {
  const { world, server } = lab;
  switch (step.do) {
    case 'online':
      world.isOffline = !step.value;
      lab.setPage({ onLine: step.value });
      lab.wrap(() => window.dispatchEvent(new Event(step.value ? 'online' : 'offline')));
      lab.eachModel((model) => (step.value ? model.wake() : model.offline()));
      break;
    case 'visible':
      lab.setPage({ hidden: !step.value });
      lab.wrap(() => document.dispatchEvent(new Event('visibilitychange')));
      if (step.value) lab.eachModel((model) => model.wake());
      break;
    case 'pageshow':
      lab.wrap(() => showPage(step.value));
      if (step.value) lab.eachModel((model) => model.wake());
      break;
    case 'conduct': {
      const conduct = step.conduct === 'bad url' && !lab.canUrlsFail ? 'works' : step.conduct;
      world.conduct = conduct;
      server.become({
        close: step.inside ? 'inside' : 'later',
        born: conduct === 'blocked' ? 'closed' : 'connecting',
        ...(conduct === 'throws' && { throws: new Error('blocked') }),
      });
    }
  }
}
