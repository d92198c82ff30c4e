/** What complainants of the demo say, by trade and category. Invented. */
export const SAID: Record<string, Record<string, readonly string[]>> = {
	express: {
		damage: [
			"箱子一角压扁了，里面的保温杯内胆碎了，我当着快递员的面拍了照。",
			"易碎品标签贴得好好的，送到手却是碎的，客服让我等，我等了两天。",
			"收到时外包装湿透，里面的书全泡了。",
		],
		loss: [
			"物流停在分拨中心四天不动，问了三次都说在查，我怀疑已经丢了。",
			"显示已签收，可我和家里人都没收到，包裹找不到了。",
		],
		delay: ["说好次日达，今天已经第四天，生日礼物成了过期礼物。", "同城件走了三天，没有一个电话说明原因。"],
		misdelivery: [
			"我的包裹被送到隔壁楼去了，对方还拆开了，请尽快帮我找回来。",
			"送错地址了，签收照片里的门牌根本不是我家。",
		],
		attitude: ["我问能不能送上楼，他说爱要不要，态度非常恶劣。", "打电话催件，对方直接骂人挂断。"],
		"left-unattended": [
			"没打电话就把包裹扔在楼道里，晚上回来已经不见外包装。",
			"放在小区门口地上，下雨全淋了，谁也没通知我。",
		],
		"no-door-delivery": ["备注了必须送货上门，结果直接放驿站，还要我自己去取。"],
	},
	"freight-hailing": {
		"not-carried": [
			"下单时加了搬运上楼，司机把货卸在一楼就走了，六楼全是我自己搬的。",
			"订单写明送到室内，师傅说电梯坏了不搬，费用照收。",
		],
		late: ["约了早上九点装货，司机十点半才到，店里开业全乱了。"],
		"goods-damaged": [
			"冰箱门被绑带勒出一道凹痕，装车前照片是完好的。",
			"玻璃柜到了就裂了，师傅说路上颠的不关他事。",
		],
		"extra-charge": ["到了以后临时加收八十块过路费，说不给不卸货。"],
		attitude: ["师傅一路抱怨东西多，还冲我妈吼。"],
		"waiting-fee": ["多算了四十分钟等候费，装货明明十分钟就好了。"],
	},
	"ride-hailing": {
		refused: [
			"司机接单后打电话问去哪，听说近就让我取消，我不取消他就一直不来。",
			"下着雨，车到了跟前看见我有行李就开走了。",
		],
		detour: ["平时十五分钟的路绕了快四十分钟，多收了二十多块。"],
		overcharge: ["行程结束后又补收了一笔高速费，可我们根本没上高速。"],
		attitude: ["全程黑脸，问一句空调就说嫌热别坐。"],
		"lost-property": ["耳机落在后座了，打电话司机说没看见，麻烦帮忙问一下。"],
		"unsafe-driving": ["开车一直刷短视频，连续变道，坐得心惊胆战。"],
		"cancel-fee": ["司机没到上车点就点了到达，让我付取消费。"],
	},
	"logistics-enterprise": {
		damage: [
			"一托盘纸箱塌了两层，里面的注塑件有三十多个裂了，客户拒收。",
			"卸货时叉车戳穿木箱，设备面板损坏，现场有人拍照。",
		],
		delay: ["合同约定五月八日到仓，实际晚了三天，我们被下游罚款。"],
		shortage: ["交接单写二十四件，实收二十二件，少了两件配件。"],
		loss: ["这批货从中转仓出来就没有下落了，调度也说不清。"],
		"extra-charge": ["对账单里多出一笔装卸费，合同里没有这一条。"],
		receipt: ["签收回单两周了还没寄回来，我们没法结款。"],
	},
	"roadside-rescue": {
		"late-arrival": [
			"说半小时到，我在路边等了快一个半小时，孩子都冻哭了。",
			"拖车迟到五十分钟，中间一个电话都没有。",
		],
		"no-show": ["等了一个多小时最后说派不出车，让我自己想办法。"],
		"vehicle-damage": ["拖车绑带把前保险杠划了一道，来之前是好的。"],
		"fee-dispute": ["说好搭电一百五，到场要三百，不给就走人。"],
		attitude: ["师傅到了一句话不说，还嫌我停的位置不好。"],
		"no-updates": ["平台显示已出发，地图上的车四十分钟没动过，打电话没人接。"],
	},
};

/** Names and numbers of nobody: numbers from a range that is not assigned. */
export const SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
export const GIVEN = ["晓雨", "建国", "思远", "美玲", "志强", "雅婷", "海波", "春燕", "子轩", "文静"];
export const PLACES = [
	"南山区科技园北区三栋",
	"龙华区民治大道十八号",
	"宝安机场T3出发层",
	"福田区彩田路六号",
	"沿江高速福永段",
	"坪山区出口加工区二号仓",
];
export const WISHES = ["赔偿损失", "道歉并退还费用", "尽快找到并送达", "给个说法", "按合同处理", "别再发生"];

/** A small generator of the same numbers every time (mulberry32), so that the demo is the same on every machine. */
export function dice(seed: number): { below(most: number): number; pick<T>(list: readonly T[]): T } {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const below = (most: number) => Math.floor(next() * most);
	return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}
