import { handle } from '../programs/handle.js'

declare const Bun: {
  serve(options: { port: number; hostname: string; fetch: (request: Request) => Promise<Response> }): { readonly port: number }
}

const { port } = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: handle })
console.log(JSON.stringify({ port }))
