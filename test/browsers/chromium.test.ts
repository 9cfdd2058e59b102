import { testBrowser } from './testBrowser.js';

testBrowser('chromium');
