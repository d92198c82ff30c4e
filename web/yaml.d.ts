declare module "*.yaml" {
	export const content: unknown;
}
