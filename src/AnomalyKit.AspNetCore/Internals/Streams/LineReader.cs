using System.Buffers;

namespace AnomalyKit.Serving.Streams;

/// <summary>Takes lines from what has arrived. Of lines that are too long, the rest is passed over.</summary>
internal sealed class LineReader(int maxLineBytes)
{
    private bool _isSkipping;

    /// <summary>Takes the next line.</summary>
    /// <param name="buffer">What has arrived; what was taken is cut off.</param>
    /// <param name="isLast">Whether nothing follows, so that the rest is a line too.</param>
    /// <param name="line">The line without its end.</param>
    /// <param name="isTooLong">Whether there is a line, which is too long and was not kept.</param>
    /// <returns>Whether there was a line.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line, out bool isTooLong)
    {
        isTooLong = false;
        while (true)
        {
            var end = buffer.PositionOf((byte)'\n');
            if (end is null && (!isLast || buffer.IsEmpty))
            {
                line = default;
                if (_isSkipping)
                {
                    buffer = buffer.Slice(buffer.End);
                    return false;
                }

                if (buffer.Length <= maxLineBytes)
                    return false;
                buffer = buffer.Slice(buffer.End);
                _isSkipping = isTooLong = true;
                return true;
            }

            line = end is { } at ? buffer.Slice(0, at) : buffer;
            buffer = end is { } next ? buffer.Slice(buffer.GetPosition(1, next)) : buffer.Slice(buffer.End);
            if (_isSkipping)
            {
                _isSkipping = false;
                continue;
            }

            isTooLong = line.Length > maxLineBytes;
            return true;
        }
    }
}
