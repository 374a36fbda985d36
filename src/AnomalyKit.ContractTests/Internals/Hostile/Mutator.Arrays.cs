using System.Buffers.Binary;
using System.Text.Json.Nodes;
using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests.Hostile;

/// <summary>Changes in the arrays, sealed with a checksum that fits.</summary>
internal static partial class Mutator
{
    private static byte[] FlipArrayBitsAndSeal(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        return parts.Seal(FlipBits(parts.Data, ref random, 0));
    }

    private static byte[] ReplaceElementsAndSeal(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        byte[] data = [.. parts.Data];
        for (int count = 1 + random.NextInt32(3); count > 0; count--)
        {
            var element = Element(parts, data, ref random, out string type);
            if (!element.IsEmpty)
                Replace(element, type, ref random);
        }

        return parts.Seal(data);
    }

    private static byte[] MoveElementsAndSeal(byte[] file, ref CounterRandom random)
    {
        var parts = new FileParts(file);
        byte[] data = [.. parts.Data];
        var arrays = parts.Arrays.ToArray();
        var array = arrays[random.NextInt32(arrays.Length)].Value;
        int size = FileParts.SizeOf(array);
        var cells = data.AsSpan((int)array["data_offsets"]![0]!, (int)array["data_offsets"]![1]! - (int)array["data_offsets"]![0]!);
        int count = cells.Length / size;
        if (count < 2)
            return parts.Seal(data);
        int a = random.NextInt32(count);
        int b = random.NextInt32(count);
        switch (random.NextInt32(3))
        {
            case 0:
                byte[] kept = cells.Slice(a * size, size).ToArray();
                cells.Slice(b * size, size).CopyTo(cells.Slice(a * size, size));
                kept.CopyTo(cells.Slice(b * size, size));
                break;
            case 1:
                cells.Slice(a * size, size).CopyTo(cells.Slice(b * size, size));
                break;
            default:
                // All elements of a run become the first one: many children at the same place, many trees at the same start.
                for (int i = Math.Min(a, b) + 1; i <= Math.Max(a, b); i++)
                    cells.Slice(Math.Min(a, b) * size, size).CopyTo(cells.Slice(i * size, size));
                break;
        }

        return parts.Seal(data);
    }

    private static byte[] ResizeAndSeal(byte[] file, ref CounterRandom random, bool alsoNumbers)
    {
        var parts = new FileParts(file);
        long[] dimensions = [.. parts.Arrays.SelectMany(entry => entry.Value["shape"]!.AsArray().Select(d => (long)d!)).Distinct()];
        long old = dimensions[random.NextInt32(dimensions.Length)];
        long now = Math.Max(0, random.NextInt32(4) switch { 0 => old - 1, 1 => old + 1, 2 => random.NextInt32(4), _ => old + random.NextInt32(100) });
        if (alsoNumbers)
        {
            foreach (string name in parts.Values.Select(value => value.Key).ToArray())
            {
                if ((string)parts.Values[name]! == old.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    parts.Values[name] = now.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return parts.SealResized((_, array, bytes) =>
        {
            var shape = array["shape"]!.AsArray();
            long[] dimensionsNow = [.. shape.Select(d => (long)d! == old ? now : (long)d!)];
            array["shape"] = new JsonArray([.. dimensionsNow.Select(d => (JsonNode)d)]);
            var resized = new byte[dimensionsNow.Aggregate(1L, (product, d) => product * d) * FileParts.SizeOf(array)];
            for (int i = 0; i < resized.Length; i++)
                resized[i] = i < bytes.Length ? bytes[i] : bytes.Length == 0 ? (byte)0 : bytes[i % bytes.Length];
            return resized;
        });
    }

    private static Span<byte> Element(FileParts parts, byte[] data, ref CounterRandom random, out string type)
    {
        var arrays = parts.Arrays.ToArray();
        var array = arrays[random.NextInt32(arrays.Length)].Value;
        type = (string)array["dtype"]!;
        int size = FileParts.SizeOf(array);
        int begin = (int)array["data_offsets"]![0]!;
        int count = ((int)array["data_offsets"]![1]! - begin) / size;
        return count == 0 ? [] : data.AsSpan(begin + (size * random.NextInt32(count)), size);
    }

    private static void Replace(Span<byte> element, string type, ref CounterRandom random)
    {
        switch (type)
        {
            case "F32":
                float[] singles = [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, 1e-30f, 1e30f];
                BinaryPrimitives.WriteSingleLittleEndian(element, singles[random.NextInt32(singles.Length)]);
                break;
            case "F64":
                double[] doubles = [0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 1e-300, 1e300, 1e-39];
                BinaryPrimitives.WriteDoubleLittleEndian(element, doubles[random.NextInt32(doubles.Length)]);
                break;
            case "I32":
                int near = BinaryPrimitives.ReadInt32LittleEndian(element) + random.NextInt32(5) - 2;
                int[] integers = [near, near, near, 0, 1, -1, int.MaxValue, int.MinValue, 1 << 24, random.NextInt32(64)];
                BinaryPrimitives.WriteInt32LittleEndian(element, integers[random.NextInt32(integers.Length)]);
                break;
            case "I64":
                long[] longs = [0, 1, -1, long.MaxValue, long.MinValue, int.MaxValue, BinaryPrimitives.ReadInt64LittleEndian(element) + 1];
                BinaryPrimitives.WriteInt64LittleEndian(element, longs[random.NextInt32(longs.Length)]);
                break;
            default:
                element[0] = (byte)random.NextUInt32();
                break;
        }
    }
}
