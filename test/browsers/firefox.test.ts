import { testBrowser } from './testBrowser.js';

testBrowser('firefox');
