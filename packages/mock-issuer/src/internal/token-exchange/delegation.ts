import type { IssuerClient } from '../../client.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import type { SecurityToken } from './security-token.js'

/**
 * The `act` of the new token. The actor goes before those who acted earlier; without an actor, the subject's chain stays as it is.
 *
 * @param issuer the name of this issuer; an actor of another one is named with it
 * @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-4.1 RFC 8693 §4.1}
 */
export function actClaim(subject: SecurityToken, actor: SecurityToken | undefined, issuer: string): unknown {
  const before = subject.claims['act']
  if (actor === undefined) return before
  const foreign = actor.claims['iss'] === issuer ? {} : { iss: actor.claims['iss'] }
  return { ...foreign, sub: actor.sub, ...(before === undefined ? {} : { act: before }) }
}

const maxActors = 10

/**
 * Requires that the chain of actors does not grow beyond ten.
 * @throws {OAuthRefusal} `invalid_request`
 */
export function checkActors(act: unknown): void {
  let actors = 0
  for (let actor = act; isObject(actor); actor = actor['act']) actors += 1
  if (actors > maxActors) throw new OAuthRefusal('invalid_request', `More than ${maxActors} actors stand between this and the subject.`)
}

/**
 * Requires that who acts is the one whom the subject's `may_act` names, if it has one: the actor, or without an actor token the client.
 * Every member must be the same, a `client_id` that of the client too, and a `may_act` that names nobody allows nobody.
 *
 * @throws {OAuthRefusal} `invalid_request`
 * @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-4.4 RFC 8693 §4.4}
 */
export function checkMayAct(subject: SecurityToken, actor: SecurityToken | undefined, client: IssuerClient, issuer: string): void {
  const mayAct = subject.claims['may_act']
  if (mayAct === undefined) return
  if (namesWhoActs(mayAct, actor, client, issuer)) return
  throw new OAuthRefusal('invalid_request', 'The may_act of the subject_token does not name who wants to act.')
}

/**
 * Whether a `may_act` names somebody, and that is who acts.
 * @param actor without it, the client acts for itself
 */
export function namesWhoActs(mayAct: unknown, actor: SecurityToken | undefined, { clientId }: IssuerClient, issuer: string): boolean {
  const acting: Readonly<Record<string, unknown>> = actor?.claims ?? { iss: issuer, sub: clientId, client_id: clientId }
  const named = isObject(mayAct) ? Object.entries(mayAct) : []
  const namesSomebody = named.some(([claim]) => claim === 'sub' || claim === 'client_id')
  // A client is named by itself too: whoever holds a token of a client is not that client.
  const isActing = (claim: string, value: string): boolean => acting[claim] === value && (claim !== 'client_id' || value === clientId)
  return namesSomebody && named.every(([claim, value]) => typeof value === 'string' && isActing(claim, value))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
