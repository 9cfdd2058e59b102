import { testBrowser } from './testBrowser.js';

testBrowser('webkit');
