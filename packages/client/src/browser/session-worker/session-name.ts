import type { SessionSettings } from './session-worker.js'

/**
 * What a session of this origin is told from others by, for all that tabs share of it. Its access tokens are for one `resource`: a client for another
 * must not be handed them, to send them there. The `scope` is not a part of it: a step-up changes that of the session, and an API says what it lacks.
 */
export const sessionName = ({ issuer, clientId, resource = [] }: SessionSettings): string =>
  ['bailiwick', issuer, clientId, resource].flat().join(' ')
