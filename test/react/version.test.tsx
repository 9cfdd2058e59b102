import { render } from '@testing-library/react';
import { useEffect, version } from 'react';
import { version as rendererVersion } from 'react-dom';
import { expect, it } from 'vitest';

it('runs with a single copy of React in the version of its project', () => {
  const wanted = process.env.WANT_REACT ?? 'a version from vitest.config.ts';
  expect(version.startsWith(wanted), `React ${version} is ${wanted}`).toBe(true);
  expect(rendererVersion).toBe(version);

  let ran = false;
  function Probe() {
    useEffect(() => {
      ran = true;
    });
    return null;
  }
  const { unmount } = render(<Probe />);
  expect(ran).toBe(true);
  unmount();
});
