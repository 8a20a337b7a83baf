import { createServer } from 'node:http'
import { audience, createIssuer } from '../issuer/issuer.js'
import { listen } from '../listen.js'
import { allRoutes } from '../throughput/contestants.js'
import { readDelay, watchDelay } from './event-loop-watch.js'
import type { Answers, Question, Ready, Role } from './messages.js'

// Express logs refused requests, at a cost that depends on where the log goes and says nothing about the libraries.
console.error = () => {}

/** This child process serves one thing, so that no server shares an event loop with another, or with the load generator. */
process.on('message', (message: Role | Question) => {
  if (typeof message === 'string') process.send?.(answers[message]())
  else void serve(message).then((ready) => process.send?.(ready))
})
process.once('disconnect', () => process.exit())

const answers: { [Name in Question]: () => Answers[Name] } = {
  cpuMicros() {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  watchDelay,
  delay: readDelay,
}

async function serve(role: Role): Promise<Ready> {
  if (role.kind === 'issuer') {
    const issuer = await createIssuer({ algorithms: role.algorithms })
    const tokens = await Promise.all(role.algorithms.map(async (alg) => [alg, await issuer.token({ alg })] as const))
    return { url: issuer.url, tokens: Object.fromEntries(tokens) }
  }
  const api = allRoutes.find(({ name }) => name === role.name)
  if (api === undefined) throw new Error(`no API is named ${role.name}`)
  const { url } = await listen(createServer(api.create({ issuer: role.issuer, jwksUri: role.jwksUri, audience })))
  return { url, tokens: {} }
}
