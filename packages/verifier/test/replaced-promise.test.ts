import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const script = fileURLToPath(new URL('replaced-promise.ts', import.meta.url))

/** Some libraries put a `Promise` of their own in the place of the global one; what async functions give is no instance of it. */
it('no forged token is accepted where the global Promise has been replaced', async () => {
  const options = { cwd: root, env: { ...process.env, NODE_OPTIONS: '--conditions=@bailiwick/source' } }
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], options)
  expect(JSON.parse(stdout)).toEqual({
    'a good token': 'accepted',
    'a good token again': 'accepted',
    'a good token without kid': 'accepted',
    'a forged token': 'signature_invalid',
    'a forged token without kid': 'signature_invalid',
    'a forged token with a key off the event loop': 'signature_invalid',
    'a forged token, keys fetched': 'signature_invalid',
    'a forged token without kid, keys fetched': 'signature_invalid',
    'a forged token of one of several issuers': 'signature_invalid',
    'a forged token of a resolved issuer': 'signature_invalid',
    'a forged document': 'signature_invalid',
  })
}, 60_000)
