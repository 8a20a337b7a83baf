import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AttackOutcome, type AttackReport, attack, createMockIssuer } from '@bailiwick/mock-issuer'
import { installedVersion } from '../../../bench/src/report/installed-version.js'
import { type Peer, peers } from './peers.js'

/** What one peer did, as far as it is the same each time. */
export interface PeerFindings {
  readonly name: string
  /** Of what is not of this repository. */
  readonly versions: Readonly<Record<string, string>>
  readonly options: string
  readonly sent: number
  /** By outcome, every forgery as `name.variant`, with its severity and what came back. As it should be: how many. */
  readonly findings: Readonly<Record<Exclude<AttackOutcome, 'as_expected' | 'refused_otherwise'>, readonly Finding[]>>
  readonly refusedOtherwise: number
  readonly asExpected: number
  /** Whether a good token is still let in at the end. */
  readonly isThereAfterwards: boolean
}

/** One forgery that did more than it should. */
export interface Finding {
  readonly forgery: string
  readonly severity: string
  readonly answer: string
}

const audience = 'orders-api'

/** Attacks every peer, each on a socket of its own, with an issuer of its own. */
export async function attackPeers(): Promise<readonly PeerFindings[]> {
  return Promise.all(peers.map(async (peer) => summarise(peer, await attackPeer(peer))))
}

async function attackPeer({ create, path, scope }: Peer): Promise<AttackReport> {
  const issuer = await createMockIssuer({ audience })
  const { url } = await issuer.listen()
  const server = createServer(create({ issuer: url, jwksUri: `${url}/jwks`, audience }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const claims = scope === undefined ? {} : { scope }
    return await attack({ url: `http://127.0.0.1:${port}${path}`, issuer, claims, concurrency: 1 })
  } finally {
    server.close()
    server.closeAllConnections()
    await issuer[Symbol.asyncDispose]()
  }
}

function summarise({ name, packages, options }: Peer, { results, counts, controls }: AttackReport): PeerFindings {
  const ofOutcome = (outcome: AttackOutcome): readonly Finding[] =>
    results
      .filter((result) => result.outcome === outcome)
      .map(({ forgery, variant, severity, answer }) => ({
        forgery: `${forgery}.${variant}`,
        severity,
        answer: 'failure' in answer ? answer.failure : [answer.status, answer.error].filter((part) => part !== undefined).join(' '),
      }))
  return {
    name,
    versions: Object.fromEntries(packages.filter((each) => !each.startsWith('@bailiwick/')).map((each) => [each, installedVersion(each)])),
    options,
    sent: results.length,
    findings: { let_in: ofOutcome('let_in'), lured: ofOutcome('lured'), fault: ofOutcome('fault') },
    refusedOtherwise: counts.refused_otherwise,
    asExpected: counts.as_expected,
    isThereAfterwards: controls.some((control) => control.name === 'good token afterwards' && control.passed),
  }
}
