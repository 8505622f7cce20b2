// What each platform-specific package carries. node-llama-cpp ships its binaries as one npm package per platform and
// backend; CUDA's are too large to ship to everyone and are never packaged.
const prebuilt = (...names) => names.map((name) => `@node-llama-cpp/${name}`);

/** VS Code's target -> the binary packages inside it, and the most the .vsix may weigh. */
export const targets = {
  'linux-x64': { binaries: prebuilt('linux-x64', 'linux-x64-vulkan'), maxMegabytes: 58 },
  'linux-arm64': { binaries: prebuilt('linux-arm64'), maxMegabytes: 43 },
  'linux-armhf': { binaries: prebuilt('linux-armv7l'), maxMegabytes: 43 },
  'darwin-x64': { binaries: prebuilt('mac-x64'), maxMegabytes: 43 },
  'darwin-arm64': { binaries: prebuilt('mac-arm64-metal'), maxMegabytes: 43 },
  'win32-x64': { binaries: prebuilt('win-x64', 'win-x64-vulkan'), maxMegabytes: 58 },
  'win32-arm64': { binaries: prebuilt('win-arm64'), maxMegabytes: 43 },
};

/** The target of the machine that asks. */
export const hostTarget = `${process.platform}-${process.arch === 'arm' ? 'armhf' : process.arch}`;
