import { handle } from '../programs/handle.js'

// oxlint-disable-next-line import/no-default-export -- this is what a Worker is
export default { fetch: (request: Request) => handle(request) }
