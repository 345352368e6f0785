/** Hands a text to the reader as a file. */
export function download(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
	const href = URL.createObjectURL(new Blob([text], { type }));
	const link = document.createElement('a');
	link.href = href;
	link.download = name;
	link.click();
	URL.revokeObjectURL(href);
}
