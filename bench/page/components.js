import { createElement } from 'react';

/** How often the components below have rendered. */
export const renders = { count: 0 };

/** A component for each hook. It reads what the hook returns, as an application would. */
export const componentOf = {
  none() {
    renders.count += 1;
    return createElement('li', null, 'quiet');
  },
  useTopic({ implementation, endpoint, index }) {
    renders.count += 1;
    return createElement('li', null, implementation.useTopic(endpoint, `t${index}`)?.price ?? 'quiet');
  },
  useStatus({ implementation, endpoint }) {
    renders.count += 1;
    return createElement('li', null, implementation.useStatus(endpoint).status);
  },
  useOwn({ implementation, endpoint }) {
    renders.count += 1;
    return createElement('li', null, implementation.useOwn(endpoint));
  },
  useShared({ implementation, endpoint }) {
    renders.count += 1;
    const { status, readyState } = implementation.useShared(endpoint);
    return createElement('li', null, status ?? readyState);
  },
  useSharedLatest({ implementation, endpoint }) {
    renders.count += 1;
    return createElement('li', null, implementation.useSharedLatest(endpoint)?.price ?? 'quiet');
  },
};
