import { testBrowser } from './suite.js';

testBrowser('firefox');
