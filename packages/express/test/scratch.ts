import type { IncomingMessage, ServerResponse } from 'node:http'
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import express4, {type RequestHandler as RH4} from '../../../tests/node_modules/@types/express4/index.js'

interface P { claims: { account_nr: string } }
interface Q { claims: { roles: readonly string[] } }

interface B<P> { (req: IncomingMessage, res: Response<unknown, { principal: P }>, next: NextFunction): void }
type D<P> = { handle(req: IncomingMessage, res: Response<unknown, { principal: P }>, next: NextFunction): void }['handle']
type E<P> = { handle(req: IncomingMessage, res: ServerResponse & {locals: { principal: P }}, next: NextFunction): void }['handle']
declare const b: B<P>
declare const d: D<P>
declare const e: E<P>
declare const e2: E<P & Q>
declare const d2: D<P & Q>
declare const b2: B<P & Q>
declare function principalS<Locals>(req: { res?: { locals: Locals } | undefined }): Locals extends { principal: infer P } ? P : 'none'
interface Typed { id: number }
declare const typed: RequestHandler<{ nr: string }, Typed>
const app = express()
app.get('/a/:nr', d, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get('/a/:nr', e, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get('/a/:nr', b, typed) 
app.get('/a/:nr', d, typed) 
app.get('/a/:nr', e, typed)
app.get('/a/:nr', b, b2, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get('/a/:nr', d, d2, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get('/a/:nr', e, e2, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get('/a/:nr', express.json(), d, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get('/a/:nr', express.json(), e, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get<{ nr: 'q' }>('/a/:nr', e, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app.get('/a/:nr', e, (req: Request<{ nr: string }>, res: Response) => { const x: 1 = res.locals.principal; const s: 1 = principalS(req) })
app.get('/a/:nr', d, (req: Request<{ nr: string }>, res: Response) => { const x: 1 = res.locals.principal; const s: 1 = principalS(req) })
app.get('/a/:nr', b, (req: Request<{ nr: string }>, res: Response) => { const x: 1 = res.locals.principal; const s: 1 = principalS(req) })
const app4 = express4()
app4.get('/a/:nr', b, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app4.get('/a/:nr', d, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app4.get('/a/:nr', e, (req, res) => { const x: 1 = res.locals.principal; const y: 1 = req.params; const s: 1 = principalS(req) })
app4.use(b)
app4.use(d)
app4.use(e)
const h0: RequestHandler = b
const h1: RequestHandler = d
const h2: RequestHandler = e
const h43: RH4 = d
const h44: RH4 = e
