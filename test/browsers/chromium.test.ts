import { testBrowser } from './suite.js';

testBrowser('chromium');
