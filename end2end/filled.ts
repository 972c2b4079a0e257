// Before all tests: the demo is loaded once, and servers begin with a copy of it.
import { keepFilled } from './qibu.mjs';

export default keepFilled;
