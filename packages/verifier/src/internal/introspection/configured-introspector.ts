import { type AnswerCache, noAnswerCache } from './answer-cache.js'
import { type AnswerKeys, createAnswerKeys } from './answer-keys.js'
import { createClientAuthentication } from './client-authentication.js'
import { createDialect } from './dialect.js'
import { Evictions } from './evictions.js'
import { createInquiry, type Inquiry } from './inquiry.js'
import { locateIntrospectionEndpoint } from './introspection-endpoint.js'
import { createIntrospectionRequest } from './introspection-request.js'
import type { IntrospectionVerifierSettings } from './introspection-settings.js'
import { createIntrospector, type Introspector } from './introspector.js'
import { createMemoryAnswerCache } from './memory-answer-cache.js'
import { createStatementExaminer } from './statement-examiner.js'
import { createStoredAnswerCache } from './stored-answer-cache.js'

/** Nothing is cached, whatever the response says. */
const noLife = { maxTtlMs: 0, negativeTtlMs: 0, ignoreNoStore: false }

/** Assembles the introspector: requests, checks and cache. */
export function createConfiguredIntrospector(settings: IntrospectionVerifierSettings): Introspector {
  const { rules, client, endpoint, response, cache } = settings
  const { issuer, audience, now, clockToleranceSeconds } = rules
  const keys = createAnswerKeys({ issuer, endpoint, audience, response, clientId: client.clientId, secret: cache?.storeSecret })
  return createIntrospector({
    ...settings,
    now,
    keys,
    inquiry: createConfiguredInquiry(settings),
    cache: createConfiguredCache(settings, keys),
    evictions: new Evictions({ maxTtlMs: cache?.maxTtlMs ?? 0, clockToleranceSeconds, now }),
  })
}

function createConfiguredCache({ cache, rules }: IntrospectionVerifierSettings, keys: AnswerKeys): AnswerCache {
  if (cache === undefined) return noAnswerCache
  const { now, clockToleranceSeconds } = rules
  const { store } = cache
  if (store === undefined) return createMemoryAnswerCache({ ...cache, now })
  return createStoredAnswerCache({ ...cache, store, keys, clockToleranceSeconds, now })
}

function createConfiguredInquiry(settings: IntrospectionVerifierSettings): Inquiry {
  const { rules, client, endpoint, fetch, timeoutMs } = settings
  const { issuer, now } = rules
  const usesMtls = client.authentication.method.endsWith('tls_client_auth')
  const dialect = createDialect(settings)
  return createInquiry({
    ...settings,
    dialect,
    request: createIntrospectionRequest({
      ...settings,
      accept: dialect.accept,
      locate: locateIntrospectionEndpoint({ issuer, endpoint, usesMtls, fetch, timeoutMs, now }),
      authenticate: createClientAuthentication({ ...client, issuer, now }),
    }),
    examine: createStatementExaminer(rules),
    limits: settings.cache ?? noLife,
  })
}
