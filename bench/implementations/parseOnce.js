let text = '';
let message = null;

/** Parses a message once for all components that ask for it one after the other. */
export function parseOnce(data) {
  if (data !== text) {
    text = data;
    message = JSON.parse(data);
  }
  return message;
}
