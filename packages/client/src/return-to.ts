export { parseReturnTo } from './internal/return-to.js'
