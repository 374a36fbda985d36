using AnomalyKit.Files;

namespace AnomalyKit.Storage;

/// <summary>Where a store may lie: on a disk of this machine.</summary>
internal static class StorePlace
{
    // FUSE also carries local disks; what else it carries is taken for a network.
    private const string FusePrefix = "fuse.";

    private static readonly HashSet<string> Remote = new(StringComparer.OrdinalIgnoreCase)
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "virtiofs", "9p", "lustre", "glusterfs", "ceph", "beegfs", "gpfs", "afs", "coda", "ncpfs", "orangefs", "pvfs2", "panfs", "wekafs", "ocfs2",
        "gfs2", "davfs", "webdav", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "fakeowner", "network",
    };

    private static readonly HashSet<string> LocalFuse = new(StringComparer.OrdinalIgnoreCase)
    {
        "fuse.fuse-overlayfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.ext4", "fuse.gocryptfs", "fuse.encfs", "fuse.bindfs",
    };

    /// <summary>Refuses a path at which no store can lie.</summary>
    /// <param name="path">The path.</param>
    /// <param name="fileSystemOf">Tells the type of the file system behind a full path.</param>
    /// <returns>The full path; a link is followed.</returns>
    /// <exception cref="RunTrackingException">No file can be put there, or SQLite cannot lock it there.</exception>
    public static string Check(string path, Func<string, string?> fileSystemOf)
    {
        string full;
        try
        {
            full = FilePlace.Check(path);
        }
        catch (IOException e)
        {
            throw new RunTrackingException($"The store cannot be opened. {e.Message}", e);
        }

        string? type = fileSystemOf(full);
        if (IsRemote(type))
        {
            throw new RunTrackingException(
                $"The store '{path}' is on a network file system ({type}), on which SQLite cannot lock files and stores break. Put it on a local disk, one file a machine, or track to an MLflow server.");
        }

        return full;
    }

    /// <summary>Whether files of a type of file system are on another machine.</summary>
    public static bool IsRemote(string? type) => type is not null
        && (Remote.Contains(type) || (type.StartsWith(FusePrefix, StringComparison.OrdinalIgnoreCase) && !LocalFuse.Contains(type)));
}
