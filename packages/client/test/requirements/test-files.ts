import { testsOf } from './requirement.js'

const login = 'packages/client/src/internal/login'

export const authorizationUrl = testsOf(`${login}/authorization-url.test.ts`)
export const callback = testsOf(`${login}/callback.test.ts`)
export const codeGrant = testsOf(`${login}/code-grant.test.ts`)
export const completeLogin = testsOf(`${login}/complete-login.test.ts`)
export const foreignCallback = testsOf(`${login}/foreign-callback.test.ts`)
export const startLogin = testsOf(`${login}/start-login.test.ts`)
export const allowedOrigins = testsOf('packages/client/src/internal/authorized-fetch/allowed-origins.test.ts')
export const authorizationServer = testsOf('packages/client/src/internal/authorization-server.test.ts')
export const clientProof = testsOf('packages/client/src/internal/client-proof.test.ts')
export const returnTo = testsOf('packages/client/src/internal/return-to.test.ts')

// Tools on a command line.
export const attemptRedirectUri = testsOf('packages/client/src/internal/attempt-redirect-uri.test.ts')
export const browserCommand = testsOf('packages/client/src/loopback/internal/browser-command.test.ts')
export const callbackListener = testsOf('packages/client/src/loopback/internal/callback-listener.test.ts')
export const loginOnLoopback = testsOf('packages/client/src/loopback/login-on-loopback.test.ts')
export const systemBrowser = testsOf('packages/client/src/loopback/system-browser.test.ts')
export const toolAtProvider = testsOf('tests/client/tool-at-provider.test.ts')

// Servers of others, and the mock issuer, on sockets.
export const mockIssuer = testsOf('tests/client/login-at-mock-issuer.test.ts')
export const strictProvider = testsOf('tests/client/login-at-strict-provider.test.ts')

// The page and its worker.
export const browserLogin = testsOf('packages/client/test/browser-login.test.ts')
export const browserSession = testsOf('packages/client/test/browser-session.test.ts')
export const contentSecurityPolicyInChromium = testsOf('tests/browser-client/content-security-policy.test.ts')
export const handlerCallback = testsOf('packages/client/src/browser/token-handler/callback.test.ts')
export const popupInChromium = testsOf('tests/browser-client/popup.test.ts')
export const tokenHandler = testsOf('packages/client/src/browser/token-handler/token-handler.test.ts')
export const tokenHandlerInChromium = testsOf('examples/spa/test/token-handler-mode.test.ts')
export const tokensInChromium = testsOf('tests/browser-client/tokens-mode.test.ts')
export const shopInChromium = testsOf('examples/spa/test/spa.test.ts')
export const strictProviderInChromium = testsOf('tests/browser-client/strict-provider.test.ts')
