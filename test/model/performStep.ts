/** Takes a step: does it to the real connection and to its model alike. */
import { showPage } from '../support/page.js';
import { assertSame } from './assertions.js';
import type { ConnectionUnderTest, ModelRunner } from './modelRunner.js';
import type { Step } from './steps.js';
import { incoming, invalidOutgoing, outgoing, sizeOf } from './testMessages.js';

type CallStep = Extract<Step, { do: 'reconnect' | 'close' | 'send' | 'send invalid' }>;
type SocketStep = Extract<
  Step,
  {
    do: 'accept' | 'refuse' | 'end' | 'error' | 'message' | 'begin to close' | 'settle' | 'late event';
  }
>;
type EnvironmentStep = Extract<
  Step,
  { do: 'online' | 'visible' | 'pageshow' | 'sleep' | 'break send' | 'outcome' }
>;

/** Takes a step and checks the outcome. */
export async function performStep(
  runner: ModelRunner,
  step: Step,
  connection: ConnectionUnderTest,
): Promise<void> {
  switch (step.do) {
    case 'reconnect':
    case 'close':
    case 'send':
    case 'send invalid':
      callConnection(runner, step, connection);
      break;
    case 'online':
    case 'visible':
    case 'pageshow':
    case 'sleep':
    case 'break send':
    case 'outcome':
      changeEnvironment(runner, step);
      break;
    case 'advance': {
      const { now } = runner.environment;
      const due = Math.max(0, (runner.nextTime() ?? now + 1_000) - now);
      await runner.advance(step.by === 'due' ? due : step.by === 'almost' ? Math.max(0, due - 1) : step.by);
      break;
    }
    default:
      actOnSocket(runner, step, connection);
  }
  await runner.check();
}

/** The application calls the connection. */
function callConnection(
  runner: ModelRunner,
  step: CallStep,
  { model, connection }: ConnectionUnderTest,
): void {
  const { contract } = model.getOptions();
  switch (step.do) {
    case 'reconnect': {
      runner.wrap(() => {
        for (let time = 0; time < step.times; time += 1) connection.reconnect();
      });
      for (let time = 0; time < step.times; time += 1) model.reconnect();
      break;
    }
    case 'close': {
      const { code = 1000, reason = '' } = step;
      const isValid =
        (code === 1000 || (code >= 3_000 && code <= 4_999)) && new TextEncoder().encode(reason).length <= 123;
      const thrown = runner.catchError(() => connection.close(step.code, step.reason));
      assertSame(`the error of close(${code})`, thrown?.name, isValid ? undefined : 'RangeError');
      if (isValid) model.close(code, reason);
      break;
    }
    case 'send': {
      const id = runner.nextName('m');
      const message = outgoing(contract, id, step.padding);
      let result = '';
      const thrown = runner.catchError(() => (result = connection.send(message)));
      const { status } = model;
      const expected = model.send(id, sizeOf(contract, message));
      assertSame(`the result of send() while ${status}`, thrown ? 'throws' : result, expected);
      if (result === 'sent' || result === 'queued') runner.accepted.push(id);
      break;
    }
    case 'send invalid': {
      const thrown = runner.catchError(() => connection.send(invalidOutgoing(contract)));
      assertSame(
        'the error for an invalid message',
        [thrown?.kind, thrown?.direction],
        ['contract', 'outgoing'],
      );
    }
  }
}

/** The server acts on the socket of a connection, if it has one. */
function actOnSocket(runner: ModelRunner, step: SocketStep, { model }: ConnectionUnderTest): void {
  const { environment, server } = runner;
  const socket = runner.socketOf(model.socket);
  switch (step.do) {
    case 'accept':
      if (socket?.readyState !== 0) break;
      runner.wrap(() => socket.accept());
      model.onOpened();
      break;
    case 'refuse':
      if (model.socket?.state !== 'connecting') break;
      runner.wrap(() => socket?.refuse());
      model.onClosed(1006);
      break;
    case 'end': {
      if (!socket) break;
      const { code, reason, wasClean } = step;
      const { onclose } = socket;
      socket.readyState = 3;
      const isKnown = code !== undefined;
      // React Native gives no details, and some sockets fire the event twice.
      const details = isKnown ? { code, reason, wasClean } : { code, reason: code, wasClean: code };
      runner.wrap(() => socket.fire('close', details));
      if (step.twice) runner.wrap(() => onclose?.call(socket, { code: 1003 } as CloseEvent));
      model.onClosed(code, isKnown ? reason : '', isKnown && wasClean);
      break;
    }
    case 'begin to close':
      if (model.socket?.state !== 'open') break;
      socket?.beginServerClose();
      Object.assign(model.socket, { state: 'closing', isLive: false });
      break;
    case 'error':
      if (!socket || !model.socket) break;
      if (step.isClosed) {
        socket.readyState = 3;
        Object.assign(model.socket, { state: 'closing', isClosed: true, isLive: false });
      }
      runner.wrap(() => socket.fire('error'));
      model.onSocketError();
      break;
    case 'message':
      for (let each = 0; each < step.count; each += 1) {
        const id = { good: runner.nextName('s'), rubbish: 'junk', pong: 'pong' }[step.what];
        runner.wrap(() => socket?.message(incoming(model.getOptions().contract, step.what, id)));
        model.onMessage(step.what, id);
      }
      break;
    case 'settle':
      for (const each of server.sockets) runner.wrap(() => each.settle());
      break;
    case 'late event': {
      const past = environment.sockets.filter(({ state }) => state === 'over');
      const late = runner.socketOf(past[step.which % Math.max(past.length, 1)] ?? null);
      runner.wrap(() => late?.fire(step.event, step.event === 'message' ? { data: 'late' } : { code: 1003 }));
    }
  }
}

/** The page, the network or the next sockets change. */
function changeEnvironment(runner: ModelRunner, step: EnvironmentStep): void {
  const { environment, server } = runner;
  switch (step.do) {
    case 'online':
      environment.isOffline = !step.value;
      runner.setPage({ onLine: step.value });
      runner.wrap(() => window.dispatchEvent(new Event(step.value ? 'online' : 'offline')));
      runner.eachModel((model) => (step.value ? model.onWake() : model.onOffline()));
      break;
    case 'visible':
      runner.setPage({ hidden: !step.value });
      runner.wrap(() => document.dispatchEvent(new Event('visibilitychange')));
      if (step.value) runner.eachModel((model) => model.onWake());
      break;
    case 'pageshow':
      runner.wrap(() => showPage(step.value));
      if (step.value) runner.eachModel((model) => model.onWake());
      break;
    case 'sleep':
      runner.sleep(step.ms);
      break;
    case 'break send':
      environment.isSendBroken = step.value;
      break;
    case 'outcome': {
      const outcome = step.outcome === 'bad url' && !runner.areUrlsFunctions ? 'works' : step.outcome;
      environment.outcome = outcome;
      server.become({
        close: step.closesInside ? 'inside' : 'later',
        born: outcome === 'blocked' ? 'closed' : 'connecting',
        ...(outcome === 'throws' && { throws: new Error('blocked') }),
      });
    }
  }
}
