import { expect, test } from 'vitest'
import type { AuthorizationRequest } from '../authorization/authorization-request.js'
import { createPushedRequests } from './pushed-requests.js'

const request: AuthorizationRequest = {
  client: { clientId: 'app' },
  redirectUri: 'https://app.example.com/callback',
  responseMode: 'query',
  state: undefined,
  isSilent: false,
  scopes: [],
  codeChallenge: undefined,
  nonce: undefined,
  dpopJkt: undefined,
  target: { resources: [], authorizationDetails: [] },
  demands: { prompts: [], maxAgeSeconds: undefined, acrValues: [], loginHint: undefined, idTokenHint: undefined },
}

test('forgets the oldest beyond 1,000', () => {
  const requests = createPushedRequests({ now: () => 0 })
  const [first = '', second = ''] = Array.from({ length: 1_001 }, () => requests.push(request))

  expect(requests.take(first, 'app')).toBe(undefined)
  expect(requests.take(second, 'app')).toEqual(request)
})
