// What each platform-specific package carries. node-llama-cpp ships its binaries as one npm package per platform and
// backend; CUDA's are too large to ship to everyone and are never packaged. LanceDB has one per platform, and none for
// 32-bit ARM and Intel Macs: there is no workspace index on these. koffi has one per platform.
const prebuilt = (...names) => names.map((name) => `@node-llama-cpp/${name}`);
const lance = (name) => `@lancedb/lancedb-${name}`;
const koffi = (name) => `@koromix/koffi-${name}`;

/** VS Code's target -> the binary packages inside it, and the most the .vsix may weigh; LanceDB's is half of it. */
export const targets = {
  'linux-x64': {
    binaries: [...prebuilt('linux-x64', 'linux-x64-vulkan'), lance('linux-x64-gnu'), koffi('linux-x64')],
    maxMegabytes: 145,
  },
  'linux-arm64': {
    binaries: [...prebuilt('linux-arm64'), lance('linux-arm64-gnu'), koffi('linux-arm64')],
    maxMegabytes: 130,
  },
  'linux-armhf': { binaries: [...prebuilt('linux-armv7l'), koffi('linux-arm')], maxMegabytes: 52 },
  'darwin-x64': { binaries: [...prebuilt('mac-x64'), koffi('darwin-x64')], maxMegabytes: 52 },
  'darwin-arm64': {
    binaries: [...prebuilt('mac-arm64-metal'), lance('darwin-arm64'), koffi('darwin-arm64')],
    maxMegabytes: 130,
  },
  'win32-x64': {
    binaries: [...prebuilt('win-x64', 'win-x64-vulkan'), lance('win32-x64-msvc'), koffi('win32-x64')],
    maxMegabytes: 145,
  },
  'win32-arm64': {
    binaries: [...prebuilt('win-arm64'), lance('win32-arm64-msvc'), koffi('win32-arm64')],
    maxMegabytes: 130,
  },
};

/** The target of the machine that asks. */
export const hostTarget = `${process.platform}-${process.arch === 'arm' ? 'armhf' : process.arch}`;
