// What each platform-specific package carries. node-llama-cpp ships its binaries as one npm package per platform and
// backend; CUDA's are too large to ship to everyone and are never packaged. LanceDB has one per platform, and none for
// 32-bit ARM and Intel Macs: there is no workspace index on these.
const prebuilt = (...names) => names.map((name) => `@node-llama-cpp/${name}`);
const lance = (name) => `@lancedb/lancedb-${name}`;

/** VS Code's target -> the binary packages inside it, and the most the .vsix may weigh; LanceDB's is half of it. */
export const targets = {
  'linux-x64': { binaries: [...prebuilt('linux-x64', 'linux-x64-vulkan'), lance('linux-x64-gnu')], maxMegabytes: 140 },
  'linux-arm64': { binaries: [...prebuilt('linux-arm64'), lance('linux-arm64-gnu')], maxMegabytes: 125 },
  'linux-armhf': { binaries: prebuilt('linux-armv7l'), maxMegabytes: 48 },
  'darwin-x64': { binaries: prebuilt('mac-x64'), maxMegabytes: 48 },
  'darwin-arm64': { binaries: [...prebuilt('mac-arm64-metal'), lance('darwin-arm64')], maxMegabytes: 125 },
  'win32-x64': { binaries: [...prebuilt('win-x64', 'win-x64-vulkan'), lance('win32-x64-msvc')], maxMegabytes: 140 },
  'win32-arm64': { binaries: [...prebuilt('win-arm64'), lance('win32-arm64-msvc')], maxMegabytes: 125 },
};

/** The target of the machine that asks. */
export const hostTarget = `${process.platform}-${process.arch === 'arm' ? 'armhf' : process.arch}`;
