import { writeFile } from 'node:fs/promises'
import { attackPeers } from './attack-peers.js'
import { formatPeers } from './peers-table.js'

// Run from the root, when a version of a peer or the catalogue changes:
// node --conditions=@bailiwick/source --import tsx tests/attack/peers/measure.ts

// As in production: otherwise Express sends stack traces, and logs each refusal.
process.env.NODE_ENV = 'production'
console.error = () => {}

const results = new URL('../results/', import.meta.url)
const peers = await attackPeers()
await writeFile(new URL('peers.json', results), `${JSON.stringify(peers, null, 2)}\n`)
await writeFile(new URL('../../../packages/mock-issuer/docs/other-libraries.md', import.meta.url), formatPeers(peers))
for (const { name, findings } of peers) console.log(`${name}: ${findings.let_in.length} let in, ${findings.fault.length} faults`)
process.exit(0)
