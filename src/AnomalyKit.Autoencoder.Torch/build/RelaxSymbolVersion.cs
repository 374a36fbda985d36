// A build task, not a part of the library: MSBuild compiles this file in the application's build, where AnomalyKit.Autoencoder.Torch.targets uses it, and the package carries it
// as source. It patches ELF files and therefore knows their format; nothing here runs when a model is trained or scored.
using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Marks a symbol version that 64-bit little-endian ELF files need as weak (VER_FLG_WEAK of its Vernaux entry in .gnu.version_r), so that the loader goes on without it.
/// Files that do not exist, are no such files or do not need the version are left as they are. A changed file keeps its time, so that later builds do not copy it anew.
/// </summary>
public class RelaxSymbolVersion : Task
{
    private const ushort Weak = 2;
    private const uint VersionNeeds = 0x6ffffffe;

    [Required]
    public ITaskItem[] Files { get; set; }

    [Required]
    public string Version { get; set; }

    /// <summary>Whether to do nothing where this host's C++ runtime has the version.</summary>
    public bool OnlyWhereMissing { get; set; }

    public override bool Execute()
    {
        string[] present = Files.Select(file => file.GetMetadata("FullPath")).Where(File.Exists).ToArray();
        if (present.Length == 0 || (OnlyWhereMissing && HostHasVersion()))
            return true;
        foreach (string path in present)
        {
            byte[] file = File.ReadAllBytes(path);
            if (!Relax(file))
                continue;
            // Beside it and renamed: the file may be a link into the package cache.
            DateTime time = File.GetLastWriteTimeUtc(path);
            string beside = path + ".relaxed";
            File.WriteAllBytes(beside, file);
            File.SetLastWriteTimeUtc(beside, time);
            File.Delete(path);
            File.Move(beside, path);
            Log.LogMessage(MessageImportance.High, "{0}: {1} of the C++ runtime is no longer required.", path, Version);
        }

        return true;
    }

    private bool HostHasVersion()
    {
        string[] folders = { "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib" };
        string library = folders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);
        // Where the runtime is somewhere else, leave it to the loader to say what is wrong.
        return library == null || IndexOf(File.ReadAllBytes(library), Encoding.ASCII.GetBytes(Version + "\0")) >= 0;
    }

    private bool Relax(byte[] file)
    {
        if (file.Length < 64 || file[0] != 0x7f || file[1] != 'E' || file[2] != 'L' || file[3] != 'F' || file[4] != 2 || file[5] != 1)
            return false;
        long sections = BitConverter.ToInt64(file, 0x28);
        int size = BitConverter.ToUInt16(file, 0x3a);
        int count = BitConverter.ToUInt16(file, 0x3c);
        bool changed = false;
        for (int i = 0; i < count; i++)
        {
            int section = checked((int)(sections + ((long)i * size)));
            if (BitConverter.ToUInt32(file, section + 4) != VersionNeeds)
                continue;
            int strings = checked((int)(sections + ((long)BitConverter.ToUInt32(file, section + 0x28) * size)));
            long names = BitConverter.ToInt64(file, strings + 0x18);
            int need = checked((int)BitConverter.ToInt64(file, section + 0x18));
            uint needs = BitConverter.ToUInt32(file, section + 0x2c);
            for (uint n = 0; n < needs; n++)
            {
                int auxiliaries = BitConverter.ToUInt16(file, need + 2);
                int at = checked(need + (int)BitConverter.ToUInt32(file, need + 8));
                for (int a = 0; a < auxiliaries; a++)
                {
                    ushort flags = BitConverter.ToUInt16(file, at + 4);
                    if (NameAt(file, checked((int)(names + BitConverter.ToUInt32(file, at + 8)))) == Version && (flags & Weak) == 0)
                    {
                        file[at + 4] = (byte)(flags | Weak);
                        changed = true;
                    }

                    at = checked(at + (int)BitConverter.ToUInt32(file, at + 12));
                }

                need = checked(need + (int)BitConverter.ToUInt32(file, need + 12));
            }
        }

        return changed;
    }

    private static string NameAt(byte[] file, int at)
    {
        int end = Array.IndexOf(file, (byte)0, at);
        return Encoding.ASCII.GetString(file, at, end - at);
    }

    private static int IndexOf(byte[] file, byte[] sought)
    {
        for (int i = 0; (i = Array.IndexOf(file, sought[0], i)) >= 0 && i <= file.Length - sought.Length; i++)
        {
            int matched = 1;
            while (matched < sought.Length && file[i + matched] == sought[matched])
                matched++;
            if (matched == sought.Length)
                return i;
        }

        return -1;
    }
}
