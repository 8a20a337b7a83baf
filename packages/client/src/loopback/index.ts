export { loginOnLoopback } from './login-on-loopback.js'
export type { LoopbackLoginOptions, LoopbackLoginOutcome, UserCode } from './loopback-login.js'
export { findSystemBrowser } from './system-browser.js'
export type { Environment, OpenBrowser } from './system-browser.js'
