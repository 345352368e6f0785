/** Tells now, and each time that it changes, whether any of an element is in view. @returns stops it */
export function watchView(element: Element, tell: (inView: boolean) => void): () => void {
	const observer = new IntersectionObserver((entries) => {
		const newest = entries.at(-1);
		if (newest) tell(newest.isIntersecting);
	});
	observer.observe(element);
	return () => observer.disconnect();
}
