import { error, redirect } from '@sveltejs/kit';
import { IDENTITY_COOKIE, readLocalIdentity } from '$lib/local-identity.ts';
import { field } from '$lib/operations/justification.ts';
import { envOf } from '$lib/server/platform-env.ts';
import type { RequestHandler } from './$types';

/** Chooses which local identity the browser plays, and goes back to where it was. */
export const POST: RequestHandler = async ({ cookies, platform, request, url }) => {
	if (envOf(platform).NEXUS_MODE !== 'local')
		error(404, { message: 'There are identities to choose from on a local console alone' });
	const form = await request.formData();
	const { id } = readLocalIdentity(field(form, 'as'));
	const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: false } as const;
	if (id === '') cookies.delete(IDENTITY_COOKIE, options);
	else cookies.set(IDENTITY_COOKIE, id, options);
	const back = new URL(field(form, 'back') || '/', url);
	// Whole: a path that begins with two slashes would be another host's.
	redirect(303, back.origin === url.origin ? back.href : '/');
};
