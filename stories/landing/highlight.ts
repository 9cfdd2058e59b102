/** A piece of code in one colour. */
export interface Token {
  readonly text: string;
  readonly kind: 'plain' | 'keyword' | 'string' | 'tag' | 'call' | 'braces';
}

const KINDS: readonly Token['kind'][] = ['string', 'tag', 'keyword', 'call', 'braces'];
const PATTERN =
  /('[^']*')|(<\/?[A-Za-z]+>)|\b(import|from|const|export|function|if|return)\b|\b([A-Za-z]+)(?=\(|<\{)|(\{ \w+ \})/g;

/** Splits a line of TSX for colouring. It knows what the sample contains, not the whole language. */
export function highlight(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(PATTERN)) {
    if (match.index > end) tokens.push({ text: line.slice(end, match.index), kind: 'plain' });
    const kind = KINDS[match.slice(1).findIndex(Boolean)] ?? 'plain';
    tokens.push({ text: match[0], kind });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ text: line.slice(end), kind: 'plain' });
  return tokens;
}
