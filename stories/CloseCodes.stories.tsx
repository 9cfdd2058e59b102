import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';

import { closeCodes, compareCloseCodes, describeCloseCode } from '../src/closeCodes/index.js';
import { CloseCodeComparison } from './closeCodes/CloseCodeComparison.js';
import { CloseCodeSearch } from './closeCodes/CloseCodeSearch.js';
import { WITHOUT_CONTROLS, withControls } from './demo/controls.js';
import { showCode } from './demo/showCode.js';

/**
 * Everything that the library knows about close codes: what each one means, when you see it, how to fix it, and what
 * a connection does. All of it is data of `react-websocket-hooks/close-codes`.
 */
const meta = {
  title: 'Close codes',
  component: CloseCodeComparison,
  args: { first: 1001, second: 1006 },
  argTypes: {
    first: { control: { type: 'number', min: 0, max: 65_535 } },
    second: { control: { type: 'number', min: 0, max: 65_535 } },
  },
} satisfies Meta<typeof CloseCodeComparison>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Search by number or by words. Any number has an entry, also one that is not registered. */
export const Search: Story = {
  parameters: {
    ...WITHOUT_CONTROLS,
    ...showCode(`
import { closeCodes, describeCloseCode } from 'react-websocket-hooks/close-codes';

describeCloseCode(1006).howToFix;`),
  },
  render: () => <CloseCodeSearch />,
  play: async ({ canvas, userEvent, step }) => {
    const input = canvas.getByRole('searchbox', { name: 'Code or words' });
    const expectFound = async (query: string, ...codes: number[]): Promise<void> => {
      await userEvent.clear(input);
      await userEvent.type(input, query);
      const names = canvas.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent);
      await expect(names).toEqual(codes.map((code) => `${code} ${describeCloseCode(code).name}`));
    };
    await expect(canvas.getAllByRole('article')).toHaveLength(closeCodes.length);
    await step('A number finds its code', () => expectFound('1006', 1006));
    await step('Words find the codes that contain all of them', () => expectFound('like http 403', 3003));
    await step('A number without a registration has an entry as well', () => expectFound('4001', 4001));
    await userEvent.clear(input);
  },
};

/** The comparison of any two codes. Choose them in the controls. */
export const Compare: Story = {
  name: 'Compare two codes',
  parameters: {
    ...withControls('first', 'second'),
    ...showCode(`
import { compareCloseCodes } from 'react-websocket-hooks/close-codes';

const { aspects, keyDifferences } = compareCloseCodes(1001, 1006);`),
  },
  play: async ({ args: { first, second }, canvas }) => {
    const { keyDifferences } = compareCloseCodes(first, second);
    const differences = within(canvas.getByRole('region', { name: 'Key differences' }));
    for (const difference of keyDifferences) await expect(differences.getByText(difference)).toBeVisible();
    const table = canvas.getByRole('table', { name: 'Side by side' });
    for (const code of [first, second])
      await expect(table).toHaveTextContent(describeCloseCode(code).howToFix);
  },
};
