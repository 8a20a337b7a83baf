import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

declare global {
  interface Window {
    /** What the test asks the page to do. */
    manager: UserManager
  }
}

const { searchParams, origin } = new URL(location.href)
const authority = searchParams.get('authority') ?? sessionStorage.getItem('authority') ?? ''
sessionStorage.setItem('authority', authority)

window.manager = new UserManager({
  authority,
  client_id: 'app',
  redirect_uri: `${origin}/callback`,
  post_logout_redirect_uri: `${origin}/signed-out`,
  scope: 'openid orders_read',
  userStore: new WebStorageStateStore({ store: window.sessionStorage }),
  automaticSilentRenew: false,
  monitorSession: false,
})
