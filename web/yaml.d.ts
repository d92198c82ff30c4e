declare module "*.yaml" {
	export const content: unknown;
}
declare module "*.yaml?tw" {
	export const content: unknown;
}
