import type { Contender } from './contender.js'
import { awsJwtVerify } from './contenders/aws-jwt-verify.js'
import { bailiwick } from './contenders/bailiwick.js'
import { fastJwt } from './contenders/fast-jwt.js'
import { jose } from './contenders/jose.js'
import { jsonWebToken } from './contenders/jsonwebtoken.js'
import { nodeCrypto } from './contenders/node-crypto.js'

/** In the order of the rows. The others are compared with the first. */
export const allContenders: readonly Contender[] = [nodeCrypto, bailiwick, jose, fastJwt, awsJwtVerify, jsonWebToken]
