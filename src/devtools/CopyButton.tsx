import { type ReactElement, useEffect, useState } from 'react';

/** How long the button says what became of it. */
const RESULT_MS = 1_500;

type Result = 'none' | 'copied' | 'failed';

/** Copies a text, which is made when it is pressed. */
export function CopyButton({
  label,
  getText,
}: {
  readonly label: string;
  readonly getText: () => string;
}): ReactElement {
  const [result, setResult] = useState<Result>('none');
  useEffect(() => {
    if (result === 'none') return;
    const timer = setTimeout(() => setResult('none'), RESULT_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const texts: Readonly<Record<Result, string>> = { none: label, copied: 'Copied', failed: 'Could not copy' };
  return (
    <button type="button" onClick={() => void copy(getText()).then(setResult)}>
      {texts[result]}
    </button>
  );
}

/** Browsers offer the clipboard on secure pages only, and may refuse it. */
async function copy(text: string): Promise<Result> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'failed';
  }
}
