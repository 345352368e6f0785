/** What a data route of the console said of a request that it did not answer. */
export async function messageOf(response: Response): Promise<string> {
	const said: unknown = await response.json().catch(() => null);
	const message = typeof said === 'object' && said !== null && 'message' in said && said.message;
	return typeof message === 'string' ? message : `The console answered ${response.status}`;
}
