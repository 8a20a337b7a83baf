import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { compactDecrypt, CompactEncrypt } from 'jose'
import { claimOf } from '../checks/claims.js'
import type { Answer } from './answer.js'
import type { Statement } from './statement.js'

const encryption = { alg: 'dir', enc: 'A256GCM' }
const decryption = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }
/** One more than for claims, which are a member here. */
const maxDepth = 33

/** Encrypts an answer: without the key it can be neither read nor changed. */
export function sealAnswer({ statement, askedAt, until }: Answer, key: Uint8Array): Promise<string> {
  const text = JSON.stringify({ ...statement, askedAt, until })
  return new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(encryption).encrypt(key)
}

/** Decrypts an answer from a store; `undefined` for anything that is not one. */
export async function openAnswer(text: string, key: Uint8Array): Promise<Answer | undefined> {
  try {
    const { plaintext } = await compactDecrypt(text, key, decryption)
    return readAnswer(parseJson(new TextDecoder('utf-8', { fatal: true }).decode(plaintext), { maxDepth }))
  } catch {
    return undefined
  }
}

/** Written by someone who has the token, not necessarily by this library: they may have invented the token. */
function readAnswer(value: unknown): Answer | undefined {
  if (!isJsonObject(value)) return undefined
  const askedAt = claimOf(value, 'askedAt')
  const until = claimOf(value, 'until')
  const statement = readStatement(value)
  if (!Number.isFinite(askedAt) || !Number.isFinite(until) || statement === undefined) return undefined
  return { statement, askedAt: Number(askedAt), until: Number(until) }
}

function readStatement(value: Record<string, unknown>): Statement | undefined {
  const active = claimOf(value, 'active')
  if (active === false) return { active }
  const claims = claimOf(value, 'claims')
  const jwt = claimOf(value, 'jwt')
  const beside = claimOf(value, 'beside')
  if (active !== true) return undefined
  if (typeof jwt === 'string') return isJsonObject(beside) ? { active, jwt, beside } : undefined
  return isJsonObject(claims) ? { active, claims } : undefined
}
