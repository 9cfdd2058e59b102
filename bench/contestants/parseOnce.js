let text = '';
let message = null;

/** Parses a frame once, however many components ask for it in a row. */
export function parseOnce(data) {
  if (data !== text) {
    text = data;
    message = JSON.parse(data);
  }
  return message;
}
