/** How long the Worker holds an answer, in milliseconds. Set by the ledger, never sent on. */
export const HOLD_HEADER = 'x-sandbox-hold-ms';

/** Present when the Worker breaks the connection instead of answering. */
export const DROP_HEADER = 'x-sandbox-drop';

/** Sends the ledger's answer as its fault plan has it: held, dropped or as it is. */
export async function depart(response: Response): Promise<Response> {
	const holdMs = Number(response.headers.get(HOLD_HEADER) ?? 0);
	if (holdMs > 0) await new Promise((resolve) => setTimeout(resolve, holdMs));
	if (response.headers.has(DROP_HEADER)) {
		await response.body?.cancel();
		return new Response(brokenBody(), { status: response.status });
	}
	const headers = new Headers(response.headers);
	headers.delete(HOLD_HEADER);
	return new Response(response.body, { status: response.status, headers });
}

/**
 * A body that fails before its first byte: workerd then closes the socket without having sent
 * even a status line, so the client sees its connection reset.
 */
const brokenBody = () =>
	new ReadableStream({
		pull: (controller) => controller.error(new Error('Answer dropped by the fault plan'))
	});
