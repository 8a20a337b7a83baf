import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isThenable, parseScope } from '@bailiwick/protocol'
import type { AccessTokenClaims, VerifiedAccessToken } from '@bailiwick/protocol'
import { ownMember } from './claim-path.js'
import type { ClaimLocations } from '../contract-definition.js'
import type { ContractReading } from '../contract-reading.js'
import { parseClaimLocation, readNames } from './claim-location.js'
import type { ContractDeclarations } from './contract-validation.js'
import { deepFreeze } from './deep-freeze.js'
import { createScopeCatalog } from './scope-catalog.js'
import { readAcr, readAuthTime, readClientId, readSubject } from './token-subject.js'

export interface MappingRules {
  readonly locations?: ClaimLocations
  readonly isMachine?: (claims: AccessTokenClaims) => boolean
}

/**
 * Makes the function that reads a verified token as a contract: claims through the schema, then the granted scopes, then the
 * claims that these require, then the rest of the principal.
 *
 * @typeParam Claims what the schema gives, after a deep freeze
 */
export function createPrincipalMapper<Claims>(
  { audience, scopes, permissions, claims: schema }: ContractDeclarations,
  { locations = {}, isMachine = isMachineByDefault }: MappingRules,
): (token: VerifiedAccessToken) => ContractReading<Claims> | Promise<ContractReading<Claims>> {
  const catalog = createScopeCatalog(Object.keys(scopes))
  const readScopes = parseClaimLocation('locations.scopes', locations.scopes ?? ['scope', 'scp'])
  const readRoles = parseClaimLocation('locations.roles', locations.roles ?? 'roles')
  const readPermissions = locations.permissions && parseClaimLocation('locations.permissions', locations.permissions)
  const granted = new Map(Object.entries(permissions))

  const broken = (reason: string, claim?: string, scope?: string): ContractReading<Claims> => {
    const breach = { contract: audience, reason: `the token breaks the contract "${audience}": ${reason}`, claim, scope }
    return deepFreeze({ kind: 'broken', breach })
  }

  const mapToken = (token: VerifiedAccessToken, result: StandardSchemaV1.Result<unknown>): ContractReading<Claims> => {
    requireResult(result)
    if (result.issues) {
      const claim = issuePath(result.issues[0])
      return broken(`its claims do not fit the schema${claim === undefined ? '' : ` at "${claim}"`}`, claim)
    }
    const known: string[] = []
    for (const scope of parseScope(readScopes(token.claims))) {
      const name = catalog.definedName(scope)
      if (name === undefined) continue
      const missing = scopes[name]?.claims?.find((claim) => isMissing(result.value, claim))
      if (missing !== undefined) return broken(`the scope "${name}" requires the claim "${missing}", which the token lacks`, missing, name)
      known.push(scope)
    }
    const machine: unknown = isMachine(token.claims)
    const roles = readNames(readRoles(token.claims))
    const allowed = roles.flatMap((role) => granted.get(role) ?? [])
    const listed = readPermissions ? readNames(readPermissions(token.claims)) : []
    const reading: ContractReading<unknown> = deepFreeze({
      kind: 'principal',
      principal: {
        kind: machine === true ? 'machine' : 'user',
        sub: readSubject(token.claims),
        clientId: readClientId(token.claims),
        issuer: token.issuer,
        expiresAt: token.expiresAt,
        acr: readAcr(token.claims),
        authenticatedAt: readAuthTime(token.claims),
        scopes: known,
        roles,
        permissions: [...new Set([...allowed, ...listed])],
        claims: result.value,
      },
    })
    return reading as ContractReading<Claims>
  }

  return (token) => {
    const result = schema === undefined ? { value: token.claims } : schema['~standard'].validate(token.claims)
    return isThenable(result) ? Promise.resolve(result).then((settled) => mapToken(token, settled)) : mapToken(token, result)
  }
}

/** The subject is left out, or it is the client itself (RFC 9068 §2.2). */
function isMachineByDefault(claims: AccessTokenClaims): boolean {
  const sub = readSubject(claims)
  return sub === undefined || sub === readClientId(claims)
}

function isMissing(claims: unknown, name: string): boolean {
  const value = ownMember(claims, name)
  return value === undefined || value === null
}

/** Where the schema found fault. Its messages are left out, since they may quote the value. */
function issuePath(issue: StandardSchemaV1.Issue | undefined): string | undefined {
  const keys = issue?.path?.map((segment) => String(typeof segment === 'object' ? segment.key : segment))
  return keys === undefined || keys.length === 0 ? undefined : keys.join('.')
}

/** A schema may be an application's own: what neither finds fault nor gives a value has not looked at the claims. */
function requireResult(result: unknown): void {
  if (typeof result === 'object' && result !== null && ('value' in result || ('issues' in result && result.issues))) return
  throw new TypeError('the schema of the claims gave no result')
}
