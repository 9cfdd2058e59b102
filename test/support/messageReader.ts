import { renderHook } from '@testing-library/react';
import { createConnection, type MessageReducerOptions, text, useMessageReducer } from '../../src/index.js';
import { URL_A } from './reactFakes.js';

/** A reducer that collects all messages. */
export const append = (all: readonly string[], message: string): readonly string[] => [...all, message];
export const NO_MESSAGES: readonly string[] = [];

export const createTextConnection = (url = URL_A) => createConnection(url, { contract: text() });

/** Renders a component that reads all messages; `seen` has the state of every render. */
export function renderReader(connection = createTextConnection(), options?: MessageReducerOptions) {
  const seen: (readonly string[])[] = [];
  const hook = renderHook(
    (props) => {
      const state = useMessageReducer(props.connection, append, NO_MESSAGES, props.options);
      seen.push(state);
      return state;
    },
    { initialProps: { connection, options } },
  );
  return { ...hook, connection, seen };
}
