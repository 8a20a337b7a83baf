import { html } from 'hono/html'
import type { IssuerUser } from '../../user.js'
import { claimList } from './claim-list.js'
import { displayName } from './display-name.js'
import { matchesLoginHint } from './login-hint.js'
import type { LoginPageInput } from './login-page-input.js'
import type { Html } from './page.js'

/** The user who is logged in with this browser, to go on as. */
export function sessionUser({ session, users, now }: LoginPageInput): Html {
  if (session === undefined) return html``
  const user = users.find(({ sub }) => sub === session.sub) ?? { sub: session.sub }
  const minutes = Math.max(0, Math.floor((now() / 1000 - session.authTimeSeconds) / 60))
  return html`<section class="session" aria-label="The user who is logged in">
    ${avatar(user)}
    <p class="who">
      <span class="name">${displayName(user)} is logged in</span>
      <span class="detail">${sinceMinutes(minutes)}, with <code>${session.level.acr}</code></span>
    </p>
    <button class="primary" name="session" value="${session.id}">Go on as ${displayName(user)}</button>
  </section>`
}

/** The configured users, the one whom the client expects first. */
export function knownUsers(input: LoginPageInput): Html {
  const { loginHint } = input.request.demands
  const isHinted = (user: IssuerUser): boolean => loginHint !== undefined && matchesLoginHint(user, loginHint)
  const users = input.users.toSorted((a, b) => Number(isHinted(b)) - Number(isHinted(a)))
  return html`<section aria-labelledby="users">
    <h2 id="users">${input.session === undefined ? 'Log in as' : 'Or log in as'}</h2>
    <ul class="users">
      ${users.map((user, index) => userItem(user, `claims-${index}`, isHinted(user)))}
    </ul>
  </section>`
}

/** A field for anyone else. The Enter key in it continues with the typed name, by the form's first button, which is not shown. */
export function typedUser({ given, users, request }: LoginPageInput): Html {
  const { loginHint } = request.demands
  const hinted = loginHint !== undefined && !users.some((user) => matchesLoginHint(user, loginHint)) ? loginHint : undefined
  return html`<section class="someone-else">
    <label for="username">Someone else</label>
    <div class="field">
      <input
        id="username"
        name="username"
        value="${given?.typedName ?? hinted ?? ''}"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        maxlength="255"
        aria-describedby="username-help"
      />
      <button class="secondary" name="action" value="continue">Continue</button>
    </div>
    <p class="detail" id="username-help">Any user name. Such a user has no claims.</p>
  </section>`
}

// The button is laid over the whole item by the stylesheet, so that its name for a screen reader is short and the click has room.
function userItem(user: IssuerUser, claimsId: string, hinted: boolean): Html {
  const name = displayName(user)
  const detail = user.description ?? user.sub
  const claims = claimList(user.claims ?? {}, claimsId)
  return html`<li class="user">
    ${avatar(user)}
    <div class="who">
      <button
        name="user"
        value="${user.sub}"
        ${claims === undefined ? '' : html`aria-describedby="${claimsId}"`}
        ${hinted ? html`autofocus` : ''}
      >
        <span class="name">${name}</span>
        ${detail === name ? '' : html`<span class="detail">${detail}</span>`}
        ${hinted ? html`<span class="hinted">Suggested by the application</span>` : ''}
      </button>
      ${claims ?? ''}
    </div>
  </li>`
}

const tones = 6

function avatar(user: IssuerUser): Html {
  const [first = '?'] = displayName(user).trim()
  const sum = Array.from(user.sub).reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0)
  return html`<span class="avatar tone-${sum % tones}" aria-hidden="true">${first.toUpperCase()}</span>`
}

function sinceMinutes(minutes: number): string {
  if (minutes < 1) return 'Since a moment ago'
  if (minutes < 120) return minutes === 1 ? 'Since a minute ago' : `Since ${minutes} minutes ago`
  return `Since ${Math.floor(minutes / 60)} hours ago`
}
