import { testBrowser } from './suite.js';

testBrowser('webkit');
