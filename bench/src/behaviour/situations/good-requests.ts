import { describeAll } from '../wording.js'
import type { Situation } from '../situation.js'

const count = 1000
const lanes = 10

export const goodRequests: Situation = {
  rows: ['JWKS fetches for 1,000 good requests'],
  async observe({ issuer, get }) {
    const token = await issuer.token()
    const first = await get('/orders', token)
    const rest = await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const answers = []
        for (let n = lane + 1; n < count; n += lanes) answers.push(await get('/orders', token))
        return answers
      }),
    )
    const answers = [first, ...rest.flat()]
    const good = answers.every(({ status }) => status === 200)
    return [good ? issuer.jwksFetches().toLocaleString('en') : `${issuer.jwksFetches()} (${describeAll(answers)})`]
  },
}
