export { type CloseCodeAspect, type CloseCodeComparison, compareCloseCodes } from './compareCloseCodes.js';
export { describeCloseCode } from './describeCloseCode.js';
export { type CloseCodeEntry, type CloseCodeRule, closeCodes, type CloseCodeSender } from './registered.js';
