import { createServer } from 'node:http'
import { audience, createIssuer } from '../issuer/issuer.js'
import { listen } from '../listen.js'
import { contestants } from './contestants.js'
import { type CpuAnswer, cpuQuestion, type Ready, type Role } from './messages.js'

/** A child process that serves one thing, so that no server shares an event loop with another or with the load. */
process.on('message', (message: Role | typeof cpuQuestion) => {
  if (message === cpuQuestion) process.send?.(cpuTime())
  else void serve(message).then((ready) => process.send?.(ready))
})
process.once('disconnect', () => process.exit())

async function serve(role: Role): Promise<Ready> {
  if (role.kind === 'issuer') {
    const issuer = await createIssuer({ algorithms: role.algorithms })
    const tokens = await Promise.all(role.algorithms.map(async (alg) => [alg, await issuer.token({ alg })] as const))
    return { url: issuer.url, tokens: Object.fromEntries(tokens) }
  }
  const apis = contestants.flatMap(({ bare, protectedApis }) => [bare, ...protectedApis])
  const api = apis.find(({ name }) => name === role.name)
  if (api === undefined) throw new Error(`no API is named ${role.name}`)
  const { url } = await listen(createServer(api.create({ issuer: role.issuer, jwksUri: role.jwksUri, audience })))
  return { url, tokens: {} }
}

function cpuTime(): CpuAnswer {
  const { user, system } = process.cpuUsage()
  return { cpuMicros: user + system }
}
