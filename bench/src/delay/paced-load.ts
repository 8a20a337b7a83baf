import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface PacedLoad {
  url: string
  requestsPerSecond: number
  seconds: number
  token: () => string
  /** Called when the last request has been sent; answers may still be outstanding. */
  onSent: () => Promise<void>
}

/** The number of answers of each status; `none` for requests without an answer within 15 s. */
export type Statuses = Map<number | 'none', number>

const answerTimeoutMs = 15_000

/**
 * Sends requests at an even pace, whether or not earlier ones were answered: a slow server gets more connections, not less load.
 * (autocannon's rate is a number for each second, which it sends as fast as it can at the start of the second.)
 */
export async function pacedLoad({ url, requestsPerSecond, seconds, token, onSent }: PacedLoad): Promise<Statuses> {
  const agent = new Agent({ keepAlive: true })
  const statuses: Statuses = new Map()
  const answers: Promise<void>[] = []
  const total = requestsPerSecond * seconds
  const started = performance.now()
  while (answers.length < total) {
    const due = Math.min(total, ((performance.now() - started) / 1000) * requestsPerSecond)
    while (answers.length < due) answers.push(send())
    await sleep(1)
  }
  await onSent()
  await Promise.all(answers)
  agent.destroy()
  return statuses

  async function send(): Promise<void> {
    const status = await statusOf(url, { agent, headers: { authorization: `Bearer ${token()}` }, timeout: answerTimeoutMs })
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
}

function statusOf(url: string, options: { agent: Agent; headers: Record<string, string>; timeout: number }): Promise<number | 'none'> {
  return new Promise((resolve) => {
    const sent = request(url, options, (response) => {
      response.resume()
      response.once('close', () => resolve(response.complete ? (response.statusCode ?? 'none') : 'none'))
    })
    sent.once('timeout', () => sent.destroy())
    sent.once('error', () => resolve('none'))
    sent.end()
  })
}
